using FaceSwap.LocalHost.Durable.History;
using Microsoft.Data.Sqlite;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>What is still to be done: messages, activities, timers.</summary>
internal sealed class WorkStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqlStatement _insertMessage = new(connection, "insert-message", "id", "instance", "generation", "event");
    private readonly SqlStatement _deleteMessage = new(connection, "delete-message", "id");
    private readonly SqlStatement _deleteMessages = new(connection, "delete-messages", "instance");
    private readonly SqlStatement _insertActivity = new(connection, "insert-activity", "id", "instance", "generation", "task", "name", "version", "input");
    private readonly SqlStatement _deleteActivity = new(connection, "delete-activity", "id");
    private readonly SqlStatement _deleteActivities = new(connection, "delete-activities", "instance");
    private readonly SqlStatement _insertTimer = new(connection, "insert-timer", "instance", "task", "generation", "fire_at");
    private readonly SqlStatement _deleteTimer = new(connection, "delete-timer", "instance", "task");
    private readonly SqlStatement _deleteTimers = new(connection, "delete-timers", "instance");
    private readonly SqlStatement _putSchedule = new(connection, "put-schedule", "function", "last_run", "next_due", "now");

    /// <returns>False when the instance is finished or gone.</returns>
    public bool Insert(StoredMessage message) => _insertMessage.Execute(
        message.Id, message.Instance.Sequence, message.Generation, HistoryCodec.Encode(message.Event)) == 1;

    public void DeleteMessage(long id) => _deleteMessage.Execute(id);

    public void DeleteMessages(long instance) => _deleteMessages.Execute(instance);

    public void Insert(StoredActivity activity) => _insertActivity.Execute(
        activity.Id,
        activity.Instance.Sequence,
        activity.Generation,
        activity.TaskId,
        activity.Name,
        activity.Version,
        activity.Input);

    public void DeleteActivity(long id) => _deleteActivity.Execute(id);

    public void DeleteActivities(long instance) => _deleteActivities.Execute(instance);

    public void Insert(StoredTimer timer) =>
        _insertTimer.Execute(timer.Instance.Sequence, timer.TaskId, timer.Generation, timer.FireAt.Ticks);

    public void DeleteTimer(long instance, int task) => _deleteTimer.Execute(instance, task);

    public void DeleteTimers(long instance) => _deleteTimers.Execute(instance);

    public void Put(string function, StoredSchedule schedule) => _putSchedule.Execute(
        function, schedule.LastRun.Ticks, schedule.NextDue.Ticks, schedule.UpdatedAt.Ticks);

    public void Dispose()
    {
        _insertMessage.Dispose();
        _deleteMessage.Dispose();
        _deleteMessages.Dispose();
        _insertActivity.Dispose();
        _deleteActivity.Dispose();
        _deleteActivities.Dispose();
        _insertTimer.Dispose();
        _deleteTimer.Dispose();
        _deleteTimers.Dispose();
        _putSchedule.Dispose();
    }
}
