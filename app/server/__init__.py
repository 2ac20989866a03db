"""What stands between the network and the app: which hosts are answered, headers, what a host sees.

Each module wraps a server (ASGI) in another one; `app/served.py` puts them together.
"""
