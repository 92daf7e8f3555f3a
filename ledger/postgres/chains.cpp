// SPDX-License-Identifier: GPL-3.0-or-later
//! Cuts a stream of rows into chains.
#include "ledger/postgres/chains.h"

#include "ledger/postgres/rows.h"

#include <QtSql/QSqlError>

#include <algorithm>

namespace tallystick::postgres {

namespace {

constexpr qint64 mostReserved = 2'000'000; // rows; a balance row may say anything

} // namespace

Outcome streamChains(Session& session, const char* statement, const Bindings& bindings,
                     const std::function<bool(Chain&&)>& sink)
{
    auto found = session.run(statement, bindings);
    if (!found)
        return found.error();
    Statement& rows = **found;
    std::optional<Chain> current;
    while (rows.next()) {
        const QString id = textAt(rows, "id");
        if (!current || current->user.text() != id) {
            if (current && !sink(*std::exchange(current, std::nullopt))) {
                session.cancel(); // or the driver would read all that is left
                rows.finish();
                return Done{};
            }
            current = Chain{.user = UserId::from(id).value_or(UserId()),
                            .name = textAt(rows, "name"),
                            .storedBalance = optionalCreditsAt(rows, "stored"),
                            .storedSequence = optionalNumberAt(rows, "stored_sequence"),
                            .rows = {}};
            // At once: growing step by step would hold a large history twice for a moment.
            current->rows.reserve(qsizetype(
                std::clamp<qint64>(current->storedSequence.value_or(0), 0, mostReserved)));
        }
        if (!rows.value("key").isNull())
            current->rows.append(chainRowOf(rows));
    }
    if (rows.query().lastError().isValid() || !session.isAlive())
        return session.failureOf(rows.query(), QString::fromLatin1(statement), Sent::Statement);
    rows.finish();
    if (current)
        sink(*std::move(current));
    return Done{};
}

} // namespace tallystick::postgres
