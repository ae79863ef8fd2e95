"""The small folder in Spanish, as far as a test wants it."""

from . import factory

SITE = """
    home: {title: Gatehouse, intro: Entra.}
    guides: {title: Guías, intro: Una página cada una.}
    courses: {title: Cursos, intro: Lecciones cortas.}
"""
CRITERIA = """
    focus_areas:
    - id: transportation_security
      areas:
      - number: 6
        title: Seguridad de sellos
        purpose: Los sellos cierran la carga.
        criteria:
        - {id: '6.1', summary: Procedimientos escritos.}
        - {id: '6.2', summary: Sellos de alta seguridad., training_topics: [clases]}
        - {id: '6.10', summary: Uno más.}
"""
BANK = """
    title: Sellos
    questions:
      - id: seal-class
        prompt: ¿Qué sello se pone?
        options:
          - {text: Clase H, reason: Alta seguridad.}
          - {text: Clase I, reason: Solo lo muestra.}
      - id: seal-alone
        prompt: Un sello cuida solo.
        reasons: {true: Cuida quien lo revisa., false: Así es.}
"""
COURSE = """
    title: Sellos
    summary: Sabes poner un sello.
    about: Un sello responde por la carga.
    topics: [clases de sellos, colocar]
    objectives:
      - {id: seal-fit, text: Colocar un sello.}
    quiz: {title: Cuestionario de sellos}
"""
LESSON = """
    ---
    title: {title}
    minutes: 5
    ---
    {text}

    ::: figure bolt
    Un perno, abierto.

    1. **Perno** Traba.
    :::

    ::: monday
    - Mira un sello.
    :::
"""
GUIDE = """
    ---
    title: Revisar un sello
    summary: Cuatro pasos.
    criteria: ['6.1']
    review_by: 2030-05-01
    ---
    {text}
"""


def write(folder, name, text):
    factory.write(folder, name, text, language="es")


def lesson(folder, name, title="Colocar", text="Colócalo.", source=LESSON):
    write(folder, f"courses/seals/{name}.md", factory.textwrap.dedent(source).format(title=title, text=text))


def guide(folder, text="Ver, verificar, jalar, girar."):
    write(folder, "guides/checking.md", factory.textwrap.dedent(GUIDE).format(text=text))


def whole(folder):
    """All of the small folder."""
    write(folder, "site.yaml", SITE)
    write(folder, "criteria.yaml", CRITERIA)
    write(folder, "banks/seals.yaml", BANK)
    write(folder, "courses/seals/course.yaml", COURSE)
    write(folder, "illustrations.yaml", "bolt: {description: Un perno y su cilindro.}")
    lesson(folder, "1-what", title="Qué hace un sello", text="Frena una mano.")
    lesson(folder, "2-fitting")
    guide(folder)
    return folder
