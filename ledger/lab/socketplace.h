// SPDX-License-Identifier: GPL-3.0-or-later
//! The directory a lab's socket lives in.
#pragma once
#include "ledger/core/result.h"
#include "ledger/lab/account.h"

#include <QtCore/QString>

namespace tallystick {

inline constexpr int socketPort = 5432; ///< part of the socket's file name, nothing listens on TCP

/// "…/.s.PGSQL.5432"
[[nodiscard]] QString socketFileIn(const QString& socketDirectory);

/// The lab's own "socket" directory, or, where the address of a socket there would be too long (107
/// bytes, unix(7)) or would need quoting, a short one with a name made from the lab's path: in
/// XDG_RUNTIME_DIR, else in /tmp.
[[nodiscard]] QString socketDirectoryFor(const QString& labDirectory);

/// Makes it: of mode 0700 and owned by \a account. One that belongs to somebody else is refused
/// with FileTrouble.
[[nodiscard]] Outcome prepareSocketDirectory(const QString& socketDirectory,
                                             const Account& account);

/// Removes it and the socket files of a server that was killed; call it where no server runs. One
/// that holds other things stays.
void removeSocketDirectory(const QString& socketDirectory);

} // namespace tallystick
