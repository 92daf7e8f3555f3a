// SPDX-License-Identifier: GPL-3.0-or-later
//! Bulk loading by COPY.
#pragma once
#include "ledger/core/loader.h"
#include "ledger/postgres/session.h"
#include "ledger/postgres/unitofwork.h"

namespace tallystick::postgres {

class PostgresLoader final : public Loader
{
public:
    /// Begins the one transaction everything is loaded in. \a session outlives the loader.
    [[nodiscard]] static Result<std::unique_ptr<PostgresLoader>> begin(Session& session);
    /// As above, with a session of its own.
    [[nodiscard]] static Result<std::unique_ptr<PostgresLoader>>
    begin(std::unique_ptr<Session> session);

    Outcome copy(LoadTable table, const QByteArray& rows) override;
    Outcome finish() override;
    Result<bool> isEmpty() override;
    Outcome clear() override;

private:
    PostgresLoader(Session& session, std::unique_ptr<UnitOfWork> work);
    std::unique_ptr<Session> m_own;
    Session& m_session;
    std::unique_ptr<UnitOfWork> m_work; ///< ends before the session
};

} // namespace tallystick::postgres
