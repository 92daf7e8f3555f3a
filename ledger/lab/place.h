// SPDX-License-Identifier: GPL-3.0-or-later
//! The directory a lab lives in: made, checked and locked.
#pragma once
#include "ledger/core/result.h"
#include "ledger/lab/account.h"

#include <QtCore/QLockFile>
#include <QtCore/QString>

#include <memory>
#include <stop_token>

namespace tallystick {

/// The cluster's directory inside a lab's.
[[nodiscard]] QString dataDirectoryIn(const QString& labDirectory);
/// The server's log inside a lab's directory.
[[nodiscard]] QString logFileIn(const QString& labDirectory);

/// Makes the directory, of mode 0700 and owned by \a account, where there is none. FileTrouble when
/// it cannot be used: not writable, not a directory, holding other things than a lab, or out of
/// the account's reach.
[[nodiscard]] Outcome preparePlace(const QString& labDirectory, const Account& account);

/// Waits until no other process works on this lab; held until dropped. Cancelled when \a stop is
/// requested meanwhile.
[[nodiscard]] Result<std::unique_ptr<QLockFile>> lockPlace(const QString& labDirectory,
                                                           const std::stop_token& stop = {});

} // namespace tallystick
