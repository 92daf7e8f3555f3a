// SPDX-License-Identifier: GPL-3.0-or-later
//! Where systems keep PostgreSQL.
#include "ledger/lab/binaries.h"

#include "ledger/lab/program.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtCore/QStandardPaths>

#include <algorithm>
#include <array>

namespace tallystick {

namespace {

/// Directories matching one pattern whose wildcard stands for a version.
QStringList versioned(const QString& parent, const QString& filter, const QString& below)
{
    QStringList found;
    const QStringList names = QDir(parent).entryList({filter}, QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& name : names)
        found.append(parent + QLatin1Char('/') + name + below);
    return found;
}

QStringList candidateDirectories()
{
    if (qEnvironmentVariableIsSet("TALLYSTICK_PG_BINDIR"))
        return {qEnvironmentVariable("TALLYSTICK_PG_BINDIR")};
    QStringList found;
    const QString any = QStringLiteral("*");
    const QString bin = QStringLiteral("/bin");
    found += versioned(QStringLiteral("/usr/lib/postgresql"), any, bin);        // Debian, Ubuntu
    found += versioned(QStringLiteral("/usr"), QStringLiteral("pgsql-*"), bin); // the RPM packages
    found += versioned(QStringLiteral("/usr/local"), QStringLiteral("pgsql*"), bin);
    const QString brewed = QStringLiteral("postgresql@*");
    found += versioned(QStringLiteral("/opt/homebrew/opt"), brewed, bin);
    found += versioned(QStringLiteral("/usr/local/opt"), brewed, bin);
    const QString programFiles = qEnvironmentVariable("ProgramFiles");
    if (!programFiles.isEmpty())
        found += versioned(programFiles + QStringLiteral("/PostgreSQL"), any, bin);
    const QString config = QStandardPaths::findExecutable(QStringLiteral("pg_config"));
    if (!config.isEmpty()) {
        const ProgramResult asked = runProgram(
            {}, {.program = config, .arguments = {QStringLiteral("--bindir")}, .input = {}});
        if (asked.succeeded)
            found.append(asked.words);
    }
    const QString onPath = QStandardPaths::findExecutable(QStringLiteral("postgres"));
    if (!onPath.isEmpty())
        found.append(QFileInfo(onPath).path());
    return found;
}

/// 15 of "postgres (PostgreSQL) 15.18 (Debian …)", 18 of "… 18beta1"; 0 when it does not answer.
int majorIn(const QString& directory)
{
    const Binaries binaries{.directory = directory};
    constexpr std::array names{"initdb", "pg_ctl", "postgres"};
    for (const char* const name : names)
        if (!QFileInfo(binaries.program(QLatin1String(name))).isExecutable())
            return 0;
    const ProgramResult asked =
        runProgram({}, {.program = binaries.program(QStringLiteral("postgres")),
                        .arguments = {QStringLiteral("--version")},
                        .input = {}});
    static const QRegularExpression version(QStringLiteral("\\(PostgreSQL\\) (\\d+)"));
    const QRegularExpressionMatch match = version.match(asked.words);
    return asked.succeeded && match.hasMatch() ? match.captured(1).toInt() : 0;
}

} // namespace

QString Binaries::program(const QString& name) const
{
#ifdef Q_OS_WIN
    return directory + QLatin1Char('/') + name + QStringLiteral(".exe");
#else
    return directory + QLatin1Char('/') + name;
#endif
}

QList<Binaries> findBinaries()
{
    QStringList seen;
    QList<Binaries> found;
    const QStringList candidates = candidateDirectories();
    for (const QString& candidate : candidates) {
        const QString directory = QFileInfo(candidate).canonicalFilePath();
        if (directory.isEmpty() || seen.contains(directory))
            continue;
        seen.append(directory);
        const int major = majorIn(directory);
        if (major >= oldestServerMajor)
            found.append({.directory = directory, .major = major});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Binaries& a, const Binaries& b) { return a.major > b.major; });
    return found;
}

} // namespace tallystick
