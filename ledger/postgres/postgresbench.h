// SPDX-License-Identifier: GPL-3.0-or-later
//! What a lab offers to a stress run, kept in PostgreSQL.
#pragma once
#include "ledger/core/bench.h"
#include "ledger/postgres/lockedbalance.h"
#include "ledger/postgres/session.h"
#include "ledger/postgres/unitofwork.h"

namespace tallystick::postgres {

class PostgresBench final : public Bench
{
public:
    explicit PostgresBench(std::unique_ptr<Session> session);

    Result<ServerFacts> server() override;
    Outcome createUsers(const QList<BenchUser>& users) override;
    Outcome removeUsers(const QList<UserId>& users) override;
    Outcome quiesce(const QString& sessionPrefix, int graceMillis) override;
    Result<ServerFindings> snapshot(const QList<UserId>& users,
                                    const std::function<bool(Chain&&)>& sink) override;
    Result<qint64> roundTripMicros() override;
    Result<ActivitySample> sample(const QString& sessionPrefix) override;
    Outcome holdLock(const UserId& user) override;
    Outcome releaseLock() override;

private:
    [[nodiscard]] Outcome findBroken(const QList<UserId>& users, qint64 seed,
                                     ServerFindings& findings);

    std::unique_ptr<Session> m_session;
    LockedSteps m_steps;
    std::unique_ptr<UnitOfWork> m_held; ///< the transaction that holds a lock
};

} // namespace tallystick::postgres
