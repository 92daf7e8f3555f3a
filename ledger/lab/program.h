// SPDX-License-Identifier: GPL-3.0-or-later
//! Runs one of the server's programs to its end.
#pragma once
#include "ledger/lab/account.h"

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

namespace tallystick {

struct ProgramRun
{
    QString program; ///< absolute path
    QStringList arguments;
    QByteArray input;
    int timeoutMillis = 60'000;
    bool endsWithUs = false; ///< killed when this process dies (Linux)
};

struct ProgramResult
{
    bool succeeded = false;
    QString words; ///< standard output and error, or the system's words when it could not start
};

/// Blocks. Runs with untranslated messages, without the PG* variables of the caller's environment
/// and without its open files.
[[nodiscard]] ProgramResult runProgram(const Account& account, const ProgramRun& run);

} // namespace tallystick
