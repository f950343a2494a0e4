"""What came of a run: records, verdicts, the stream of messages, and every report made of it.

    record.ScenarioRecord --> judgement.judge (measurements against the limits of `requirements`)
         |                         |
         |                    record.RunRecord --> live_view and console: the terminal
         v
    messages.scenario_run --> messages.ndjson --> messages_read.read --> report.html (`report`), junit.xml (`junit`)

The stream holds all that the written reports say: `writer.ReportWriter` appends to it while scenarios run. What it
reads back is the record, so it makes page and XML of that at once; another program makes the same ones of the stream.
`failure` gives an exception its verdict and its sentence; `record.Verdict` has the words of every summary,
`record.worst` their order, `record.exit_code` what the shell gets.
"""
