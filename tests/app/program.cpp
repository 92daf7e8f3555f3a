// SPDX-License-Identifier: GPL-3.0-or-later
//! Starts the program and gathers what it said.
#include "tests/app/program.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>

namespace tallystick {

namespace {

/// Short, because sockets live below it; passable, because as root the server is another account.
std::shared_ptr<QTemporaryDir> madeHome()
{
    auto home = std::make_shared<QTemporaryDir>(QStringLiteral("/tmp/tally-cli-XXXXXX"));
    QFile::setPermissions(home->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                            QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther |
                                            QFile::ExeOther);
    return home;
}

} // namespace

QJsonObject Ended::json() const
{
    return QJsonDocument::fromJson(out).object();
}

QByteArray Ended::all() const
{
    return "--- out\n" + out + "--- err\n" + err;
}

Program::Program(QStringList globals)
    : m_globals(std::move(globals))
    , m_home(madeHome())
    , m_environment(QProcessEnvironment::systemEnvironment())
{
    for (const char* name :
         {"TALLYSTICK_CONNECTION", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        m_environment.remove(QString::fromLatin1(name));
    for (const char* name : {"DATA", "CONFIG", "STATE", "CACHE"})
        m_environment.insert(QStringLiteral("XDG_%1_HOME").arg(QString::fromLatin1(name)),
                             m_home->filePath(QString::fromLatin1(name).toLower()));
}

void Program::setVariable(const QString& name, const QString& value)
{
    m_environment.insert(name, value);
}

void Program::unsetVariable(const QString& name)
{
    m_environment.remove(name);
}

std::unique_ptr<QProcess> Program::start(const QStringList& arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->setStandardInputFile(QProcess::nullDevice());
    process->start(QStringLiteral(TALLYSTICK_BINARY), m_globals + arguments);
    return process;
}

Ended Program::ended(QProcess& process, int timeoutMillis)
{
    Ended ended;
    if (!process.waitForFinished(timeoutMillis)) {
        process.kill();
        process.waitForFinished();
    } else if (process.exitStatus() == QProcess::NormalExit) {
        ended.code = process.exitCode();
    }
    ended.out = process.readAllStandardOutput();
    ended.err = process.readAllStandardError();
    return ended;
}

Ended Program::run(const QStringList& arguments, int timeoutMillis) const
{
    const auto process = start(arguments);
    return ended(*process, timeoutMillis);
}

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace tallystick
