"""Where reports are posted: one protocol, a module for each platform, an outbox against posting twice."""
