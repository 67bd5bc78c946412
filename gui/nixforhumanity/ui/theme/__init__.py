"""How the window looks: colours, spacing, type sizes, icons, and the switch between looks."""
