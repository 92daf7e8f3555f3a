// SPDX-License-Identifier: GPL-3.0-or-later
//! BEGIN, COMMIT, ROLLBACK.
#include "ledger/postgres/unitofwork.h"

#include <libpq-fe.h>

namespace tallystick::postgres {

UnitOfWork::UnitOfWork(Session& session)
    : m_session(session)
{
}

Result<std::unique_ptr<UnitOfWork>> UnitOfWork::begin(Session& session, Isolation isolation)
{
    const QString sql = isolation == Isolation::Snapshot
                            ? QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                            : QStringLiteral("BEGIN ISOLATION LEVEL READ COMMITTED");
    if (Outcome begun = session.runText(sql, QStringLiteral("begin")); !begun)
        return begun.error();
    return std::unique_ptr<UnitOfWork>(new UnitOfWork(session));
}

UnitOfWork::~UnitOfWork()
{
    // A rollback that fails leaves nothing to do: the server rolls back when the session ends.
    if (m_isOpen && m_session.isAlive())
        std::ignore = m_session.runText(QStringLiteral("ROLLBACK"), QStringLiteral("rollback"));
}

Outcome UnitOfWork::commit()
{
    // COMMIT of an aborted transaction is answered with success and "ROLLBACK": look first.
    auto* const handle = static_cast<PGconn*>(m_session.handle());
    if (PQtransactionStatus(handle) == PQTRANS_INERROR)
        return Failure{.kind = Failure::Kind::Unexpected,
                       .sqlState = QStringLiteral("25P02"),
                       .statement = QStringLiteral("commit"),
                       .text = QStringLiteral("the transaction was aborted")};
    m_isOpen = false;
    return m_session.runText(QStringLiteral("COMMIT"), QStringLiteral("commit"), Sent::Commit);
}

} // namespace tallystick::postgres
