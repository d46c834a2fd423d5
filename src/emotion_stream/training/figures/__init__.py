"""The pictures of a report, drawn from its JSON.

`pictures` names them; `panels` has one way of drawing for the PNG files beside report.md and for
the vector graphics inside report.html.
"""
