// SPDX-License-Identifier: GPL-3.0-or-later
//! Where a ledger is kept, as libpq names places.
#pragma once
#include <QtCore/QString>

namespace tallystick {

/// A libpq connection string or URI (PostgreSQL manual, "Connection Strings"). Secrets may be in
/// it: it is never logged.
struct Connection
{
    QString uri;
    bool readOnly = false;
    int statementTimeoutMillis = 0;                     ///< 0: none
    int lockTimeoutMillis = 0;                          ///< 0: none; a posting's longest wait
    QString sessionName = QStringLiteral("tallystick"); ///< application_name, at most 63 bytes
};

} // namespace tallystick
