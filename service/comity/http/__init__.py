"""What every room that answers over HTTP shares: problem documents, content negotiation, the two languages."""
