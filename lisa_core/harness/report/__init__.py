"""What came of a run: records, verdicts, the stream of messages, and every report made of it.

    record.ScenarioRecord --> judgement.judge (measurements against the limits of `requirements`)
         |                         |
         |                    record.RunRecord --> live_view and console: the terminal
         v
    messages.scenario_run --> messages.ndjson --> messages_read.read --> report.html (`report`), junit.xml (`junit`)

The stream is the one source of the written reports: `writer.ReportWriter` appends to it while scenarios run and makes
page and XML from what it reads back, so that another program can make the same (`messages_read.read`).
`failure` gives an exception its verdict and its sentence; `record.Verdict` has the words of every summary,
`record.worst` their order, `record.exit_code` what the shell gets.
"""
