// SPDX-License-Identifier: GPL-3.0-or-later
//! The house rules a machine can hold a source tree to.
#pragma once
#include <QtCore/QHash>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace tallystick {

struct Limits
{
    qsizetype fileLines = 400;
    qsizetype testLines = 700; ///< a test program is one list of statements about one thing
    qsizetype functionLines = 70;
    qsizetype columns = 100;
    QHash<QString, QString> longFiles;     ///< path → why it may be longer
    QHash<QString, QString> longFunctions; ///< "path:first line of the function" → why
};

/// \name "path:line: what is wrong", over the C++ files below app/ ledger/ ui/ tests/ of a root
/// @{
/// The licence line, one sentence on the file, the guard of headers.
[[nodiscard]] QStringList headingViolations(const QString& root);
/// Files, functions and lines that are too long.
[[nodiscard]] QStringList lengthViolations(const QString& root, const Limits& limits);
/// Notes of unfinished work.
[[nodiscard]] QStringList unfinishedViolations(const QString& root);
/// SQL and the ledger's table names in string literals of what ships; they belong in .sql files.
[[nodiscard]] QStringList sqlViolations(const QString& root);
/// @}

/// Entries of \a root beside \a expected, and missing ones; what a build or an editor leaves there
/// does not count.
[[nodiscard]] QStringList topLevelViolations(const QString& root, const QStringList& expected);

} // namespace tallystick
