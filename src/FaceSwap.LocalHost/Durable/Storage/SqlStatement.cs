using Microsoft.Data.Sqlite;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>A prepared statement of one connection, bound by position of its parameter names.</summary>
internal sealed class SqlStatement : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter[] _parameters;

    public SqlStatement(SqliteConnection connection, string name, params string[] parameters)
    {
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is an embedded file of this assembly.
        _command.CommandText = SqlText.Get(name);
#pragma warning restore CA2100
        _parameters = [.. parameters.Select(parameter => new SqliteParameter("@" + parameter, DBNull.Value))];
        _command.Parameters.AddRange(_parameters);
    }

    /// <returns>The number of rows changed.</returns>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    public SqliteDataReader Query(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
