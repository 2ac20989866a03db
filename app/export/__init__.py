"""What goes without the app: the static edition, as plain files for any web server."""
