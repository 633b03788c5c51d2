"""图: a drawing as data – boxes that say something, lines between them – laid out without a browser; SVG and PNG."""
