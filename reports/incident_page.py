"""The post-incident report as one HTML page: to read, to print, to send.

Rule 1: everything foreign is escaped by the template.
Rule 2: the page is one file without script, font, picture or address outside it.
"""

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports.incident_contents import IncidentReport


def incident_html(it: IncidentReport) -> str:
    """The whole page."""
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template("incident.html.j2").render(it=it)
