"""How questions and people fare, over the answers that a user may see counted."""
