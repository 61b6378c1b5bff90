SELECT events FROM history WHERE instance = @instance ORDER BY batch;
