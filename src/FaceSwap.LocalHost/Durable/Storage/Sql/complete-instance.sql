UPDATE instances
SET status = @status, updated_at = @now, completed_at = @now, custom_status = @custom_status, output = @output, failure = @failure
WHERE sequence = @sequence AND completed_at IS NULL;
