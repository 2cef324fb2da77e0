"""cli.rehearsal — flask rehearse: plays the coming exam with simulated candidates on this very machine."""

import click

commands: tuple[click.Command, ...] = ()
