"""What the company says in the blanks of lessons, in English and Spanish: numbers, places, and what happened there."""

from learning.records import actions

LANGUAGES = ("en", "es")
BLANKS = {
    "dispatch phone": ("+1 915 555 0142", "+52 867 555 0142"),
    "security contact": ("Marcus Bell by day, the gate by night", "Alicia Cantú de día, la caseta de noche"),
    "line without names": (
        "the gray box beside the time clock, or +1 915 555 0177",
        "el buzón gris junto al reloj checador, o +52 867 555 0177",
    ),
    "seal store": ("in the steel cabinet of the dispatch office", "en el gabinete de acero de despacho"),
    "IT help desk": ("+1 915 555 0160, day and night", "+52 867 555 0160, de día y de noche"),
    "washing place": ("the concrete pad behind dock 8", "la plancha de concreto detrás del andén 8"),
    "our case: findings": (
        "Two of five gate logs had no times. It was closed within a week, and three months later it was back.",
        "Dos de cinco bitácoras de la caseta no tenían horas. Se cerró en una semana, y a los tres meses volvió.",
    ),
    "our case: risks": (
        "The night stop at kilometer 26 lost its fence. Drivers knew it three weeks before the map did.",
        "La parada del kilómetro 26 se quedó sin cerca. Los choferes lo supieron tres semanas antes que el mapa.",
    ),
    "our case: partners": (
        "A broker sent a truck that we had not booked. The name on its door was covered with a sticker.",
        "Un intermediario mandó un camión que no reservamos. Una calcomanía tapaba el nombre de la puerta.",
    ),
    "our case: messages": (
        "Three people got “the new bank account of Transportes Leal”. One was about to pay.",
        "A tres personas les llegó «la cuenta nueva de Transportes Leal». Una estaba por pagar.",
    ),
    "our case: inspections": (
        "An empty trailer measured 20 centimeters short inside. It was held and did not cross.",
        "Un remolque vacío medía 20 centímetros de menos por dentro. Se retuvo y no cruzó.",
    ),
    "our case: seals": (
        "After a customs inspection, two digits of the new seal were swapped in the log. The unit waited 50 minutes.",
        "Tras una revisión, el sello nuevo quedó con dos dígitos volteados en la bitácora. Costó 50 minutos.",
    ),
    "our case: reports": (
        "A driver saw a strange car follow him for twenty miles, and told us the next morning.",
        "Un chofer vio que un carro lo siguió treinta kilómetros, y nos lo dijo hasta la mañana siguiente.",
    ),
    "our case: pests": (
        "There were snails under a chassis that had stood on the grass. It was washed, and checked again.",
        "Había caracoles debajo de un chasis que estuvo en el pasto. Se lavó, y se miró otra vez.",
    ),
    "our case: fences and cameras": (
        "Camera 3 was dark for four nights before anybody wrote it down.",
        "La cámara 3 estuvo apagada cuatro noches antes de que alguien lo escribiera.",
    ),
    "our case: doors": (
        "A man with a hard hat and no badge got as far as dock 5. A dock hand asked him whom he was visiting.",
        "Un hombre con casco y sin gafete llegó hasta el andén 5. Alguien de ahí le preguntó a quién venía a ver.",
    ),
    "our case: favours": (
        "Somebody offered one of us 200 dollars for a departure time. It was reported the same day.",
        "A uno de nosotros le ofrecieron 200 dólares por una hora de salida. Lo reportó el mismo día.",
    ),
    "our case: training": (
        "After two digits of a seal were swapped, both gates practiced reading numbers aloud, on every shift.",
        "Después de un sello con dos dígitos volteados, las dos casetas practicaron leerlo en voz alta, en cada turno.",
    ),
}


def happen(story, at):
    for place, language in enumerate(LANGUAGES):
        texts = {name: said[place] for name, said in BLANKS.items()}
        actions.fill_blanks(texts=texts, language=language, by=story.people["compliance"], at=at, company=story.company)
