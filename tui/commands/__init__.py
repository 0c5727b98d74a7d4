"""The commands by theme; each file is loaded when one of its commands is asked for."""
