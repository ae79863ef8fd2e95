"""Numbers in Spanish as Mexico and the United States write them: 87.5 %, not 87,5 %."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
