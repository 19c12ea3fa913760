"""The server between the network and the application: it bounds what one client, and all of them together, can hold."""
