DELETE FROM timers WHERE instance = @instance;
