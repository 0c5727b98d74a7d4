"""What is left of a drill on paper: one HTML page that prints well, Markdown, JSON and CSV.

May import `simulator` and pandas, matplotlib and jinja2; never `tui`, and no screen imports it:
only the front door hands a screen something that writes a report.
"""
