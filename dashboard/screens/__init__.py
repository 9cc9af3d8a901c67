"""The screens that the widgets stand on."""
