// SPDX-License-Identifier: GPL-3.0-or-later
//! A lab without durability in a temporary directory, and somebody who tidies up after it.
#include "tests/support/testserver.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

namespace tallystick {

namespace {

/// Waits for the end of its input, which is the end of the test program; then ends the server of
/// the directory, if one runs there, and removes the directory.
const QString watcherScript = QStringLiteral(R"sh(
read -r line
data="$0/lab/data"
pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ] && tr '\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null | grep -qF -- "-D $data"; then
    kill -QUIT "$pid"
    n=0
    while [ -s "/proc/$pid/cmdline" ] && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
fi
rm -rf "$0"
)sh");

QString newDirectory()
{
    QTemporaryDir directory(QStringLiteral("/tmp/tally-XXXXXX"));
    if (!directory.isValid())
        qFatal("no temporary directory: %s", qPrintable(directory.errorString()));
    directory.setAutoRemove(false);
    // As root the server's own account has to pass.
    if (geteuid() == 0)
        ::chmod(QFile::encodeName(directory.path()).constData(), S_IRWXU | S_IXGRP | S_IXOTH);
    return directory.path();
}

} // namespace

TestServer::TestServer(int maxConnections)
    : m_directory(newDirectory())
    , m_lab(std::make_unique<Lab>(LabSettings{.directory = m_directory + QStringLiteral("/lab"),
                                              .durable = false,
                                              .maxConnections = maxConnections}))
{
    m_watcher.setProgram(QStringLiteral("/bin/sh"));
    m_watcher.setArguments({QStringLiteral("-c"), watcherScript, m_directory});
    m_watcher.setWorkingDirectory(QStringLiteral("/"));
    m_watcher.setStandardOutputFile(QProcess::nullDevice());
    m_watcher.setStandardErrorFile(QProcess::nullDevice());
    m_watcher.setChildProcessModifier([] { setsid(); }); // a terminal's Ctrl-C must not reach it
    m_watcher.start();
    if (!m_watcher.waitForStarted())
        qFatal("the watcher did not start");
    restart();
}

TestServer::~TestServer()
{
    m_watcher.closeWriteChannel();
    if (!m_watcher.waitForFinished(20'000))
        qWarning("the test server's watcher did not end");
}

Connection TestServer::connection(const QString& database) const
{
    Connection connection = m_lab->connection();
    connection.uri.replace(QStringLiteral("@/lab?"), QStringLiteral("@/%1?").arg(database));
    return connection;
}

Connection TestServer::createEmptyDatabase()
{
    const QString name = QStringLiteral("test_%1").arg(++m_databases);
    runSql(connection(), QStringLiteral("CREATE DATABASE %1 TEMPLATE template0").arg(name));
    return connection(name);
}

void TestServer::kill()
{
    const qint64 victim = pid();
    if (victim <= 1 || ::kill(static_cast<pid_t>(victim), SIGKILL) != 0)
        qFatal("there is no server to kill");
    QElapsedTimer waited;
    waited.start();
    while (pid() == victim && waited.elapsed() < 10'000)
        QThread::msleep(5);
}

void TestServer::stop()
{
    if (const Outcome stopped = m_lab->stop(); !stopped)
        qFatal("the test server does not stop: %s", qPrintable(stopped.failure()->text));
}

void TestServer::restart()
{
    stop();
    if (const auto started = m_lab->start(); !started)
        qFatal("the test server does not start: %s", qPrintable(started.failure()->text));
}

qint64 TestServer::pid() const
{
    return m_lab->status().serverPid;
}

} // namespace tallystick
