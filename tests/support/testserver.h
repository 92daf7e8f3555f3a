// SPDX-License-Identifier: GPL-3.0-or-later
//! A throw-away PostgreSQL server for one test program.
#pragma once
#include "ledger/core/connection.h"
#include "ledger/lab/lab.h"

#include <QtCore/QProcess>
#include <QtCore/QString>

#include <memory>

namespace tallystick {

/// Starts in the constructor (about a second) and ends, with its directory, in the destructor; a
/// watcher process does the same when the test program crashes or is killed. Anything that goes
/// wrong here ends the test program with a sentence. Not thread-safe.
class TestServer final
{
public:
    explicit TestServer(int maxConnections = 300);
    ~TestServer();
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;

    /// How to reach the database of this name as the superuser "tallystick".
    [[nodiscard]] Connection connection(const QString& database = QStringLiteral("lab")) const;
    /// A new database with the lab schema laid, cloned from a template (about 60 ms).
    [[nodiscard]] Connection createDatabase();
    /// A new database with nothing in it.
    [[nodiscard]] Connection createEmptyDatabase();

    void kill();    ///< SIGKILL to the server's main process; its children notice and end
    void stop();    ///< "fast"
    void restart(); ///< after kill() or stop(), or in place of a running one; data stays
    [[nodiscard]] qint64 pid() const; ///< of the server's main process; 0 when it does not run
    [[nodiscard]] QString directory() const { return m_directory; }

private:
    QString m_directory;
    std::unique_ptr<Lab> m_lab;
    QProcess m_watcher;
    bool m_hasTemplate = false;
    int m_databases = 0;
};

/// Runs one or more statements over a session of its own and answers how many rows the last one
/// touched. A failing statement ends the test program.
int runSql(const Connection& connection, const QString& statements);
/// The first value a query answers, as text; empty for NULL or no row. A failing query ends the
/// test program.
[[nodiscard]] QString sql(const Connection& connection, const QString& query);
/// The SQLSTATE the statements fail with, or nothing when they succeed.
[[nodiscard]] QString sqlStateOf(const Connection& connection, const QString& statements);

} // namespace tallystick
