"""The commands, one room for each kind. Their modules import nothing heavy before a command runs."""
