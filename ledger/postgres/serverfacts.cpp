// SPDX-License-Identifier: GPL-3.0-or-later
//! One query, one row.
#include "ledger/postgres/serverfacts.h"

#include "ledger/postgres/rows.h"

namespace tallystick::postgres {

Result<ServerFacts> serverFacts(Session& session)
{
    auto asked = session.run("queries/server");
    if (!asked)
        return asked.error();
    Statement& row = **asked;
    const bool hasRow = row.next();
    Q_ASSERT(hasRow);
    const auto flag = [&row](const char* column) { return row.flag(column); };
    return ServerFacts{.version = textAt(row, "version"),
                       .database = textAt(row, "database"),
                       .role = textAt(row, "role"),
                       .place = textAt(row, "place"),
                       .timeZone = textAt(row, "zone"),
                       .synchronousCommit = textAt(row, "synchronous_commit"),
                       .fsync = flag("fsync"),
                       .trackCommitTimestamp = flag("commit_timestamps"),
                       .isLab = flag("is_lab"),
                       .mayWrite = flag("may_write"),
                       .maxConnections = int(numberAt(row, "max_connections"))};
}

Outcome requireLab(Session& session)
{
    auto facts = serverFacts(session);
    if (!facts)
        return facts.error();
    if (!facts->isLab)
        return Failure{.kind = Failure::Kind::NoLabMarker,
                       .statement = QStringLiteral("marker"),
                       .text = facts->database};
    return Done{};
}

} // namespace tallystick::postgres
