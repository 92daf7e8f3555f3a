// SPDX-License-Identifier: GPL-3.0-or-later
//! The account the server's programs run as.
#pragma once
#include "ledger/core/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace tallystick {

/// PostgreSQL refuses to run as root, so root lends it another account.
struct Account
{
    QByteArray name;
    unsigned userId = 0;
    unsigned groupId = 0;
    bool isOwn = true; ///< this process's own; nothing has to be switched
};

/// This process's own account; for root that of whoever owns the cluster at \a dataDirectory, and
/// where there is none yet, "postgres". Failure ServerMissing when root has no such account.
[[nodiscard]] Result<Account> serverAccount(const QString& dataDirectory);

/// True when \a account may pass through every existing directory above and at \a path. Looks at
/// mode bits only: access control lists are left to the programs' own complaint.
[[nodiscard]] bool mayPass(const Account& account, const QString& path);

/// Makes \a path belong to \a account, with \a mode; answers the system's words when it cannot.
[[nodiscard]] std::optional<QString> handOver(const Account& account, const QString& path,
                                              unsigned mode);

/// Switches the calling process for good. Only async-signal-safe calls: it runs between fork and
/// exec. False when the system refused.
[[nodiscard]] bool become(const Account& account) noexcept;

} // namespace tallystick
