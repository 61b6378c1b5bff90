UPDATE instances
SET status = @status, updated_at = @now, custom_status = @custom_status
WHERE sequence = @sequence AND completed_at IS NULL;
