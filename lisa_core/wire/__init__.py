"""What runs between booth, desk and exchange: JSON texts over a WebSocket, or over a pair of queues in memory.

How it works, from the bottom: `channel` moves texts and reports a lost connection as a fault; `json_text` makes what
comes in safe, once; `messages` are the values that are said, `message_names` their names; `envelope.LinkEnd` numbers
them, acknowledges, and resends after a loss (the exact rules stand there). `uplink.Uplink` is the dialling end that
booths and desks use: `send` never blocks, `inbox` yields what came. The exchange has the other end (`exchange.peers`).

Others may rely on `messages`, `message_names`, `uplink.Uplink`, `envelope.LinkEnd`, `envelope.encode` and
`envelope.decode`, `channel.Channel`, `outbox`, `heartbeat`, `json_text` and `toml_text`.
"""
