// SPDX-License-Identifier: GPL-3.0-or-later
//! Lays the lab's schema and brings it up to date.
#include "ledger/postgres/open.h"
#include "ledger/postgres/rows.h"
#include "ledger/postgres/session.h"
#include "ledger/postgres/sqltext.h"
#include "ledger/postgres/unitofwork.h"

namespace tallystick::postgres {

namespace {

Failure mismatch(const QString& statement, const QString& text)
{
    return {.kind = Failure::Kind::SchemaMismatch, .statement = statement, .text = text};
}

/// Number -> checksum of the migrations this database has had; empty in a fresh one.
Result<QHash<int, QString>> appliedMigrations(Session& session)
{
    auto state = session.run("schema_state/state");
    if (!state)
        return state.error();
    const bool hasRow = (*state)->next();
    Q_ASSERT(hasRow);
    const bool isLab = (*state)->flag("is_lab");
    const bool hasLedger = (*state)->flag("has_ledger");
    (*state)->finish();
    QHash<int, QString> applied;
    if (!isLab) {
        if (hasLedger)
            return mismatch(QStringLiteral("marker"),
                            QStringLiteral("the schema \"platform\" is there, the marker is not"));
        return applied;
    }
    auto rows = session.run("schema_state/applied");
    if (!rows)
        return rows.error();
    while ((*rows)->next())
        applied.insert(int(numberAt(**rows, "number")), textAt(**rows, "sha256"));
    return applied;
}

Outcome apply(Session& session, const Migration& migration)
{
    auto work = UnitOfWork::begin(session);
    if (!work)
        return work.error();
    if (Outcome ran = session.runText(migration.sql, migration.name); !ran)
        return ran.error();
    auto recorded = session.run(
        "schema_state/record",
        {{"number", migration.number}, {"name", migration.name}, {"sha256", migration.sha256}});
    if (!recorded)
        return recorded.error();
    return (*work)->commit();
}

} // namespace

Outcome layLabSchema(const Connection& connection)
{
    auto session = Session::open(connection);
    if (!session)
        return session.error();
    // Two programs starting at once take turns; the lock ends with the session.
    if (auto locked = (*session)->run("schema_state/lock"); !locked)
        return locked.error();
    auto applied = appliedMigrations(**session);
    if (!applied)
        return applied.error();
    for (const Migration& migration : migrations()) {
        const auto earlier = applied->constFind(migration.number);
        if (earlier == applied->constEnd()) {
            if (Outcome done = apply(**session, migration); !done)
                return done.error();
        } else if (*earlier != migration.sha256) {
            return mismatch(migration.name,
                            QStringLiteral("the migration was changed after it had run here"));
        }
        applied->remove(migration.number);
    }
    if (!applied->isEmpty())
        return mismatch(QStringLiteral("migration %1").arg(applied->cbegin().key()),
                        QStringLiteral("the lab was laid by a newer version"));
    return Done{};
}

} // namespace tallystick::postgres
