SELECT last_run, next_due, updated_at FROM schedules WHERE function = @function;
