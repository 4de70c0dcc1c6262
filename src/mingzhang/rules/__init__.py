"""What must hold: rules declared once, each with a number, and the engine that asks them of one document."""
