INSERT INTO schedules (function, last_run, next_due, updated_at) VALUES (@function, @last_run, @next_due, @now)
ON CONFLICT (function) DO UPDATE
SET last_run = excluded.last_run, next_due = excluded.next_due, updated_at = excluded.updated_at;
