// SPDX-License-Identifier: GPL-3.0-or-later
//! One transaction: committed by hand, rolled back otherwise.
#pragma once
#include "ledger/postgres/session.h"

namespace tallystick::postgres {

class UnitOfWork final
{
public:
    enum class Isolation { ReadCommitted, Snapshot /**< repeatable read, read only */ };
    [[nodiscard]] static Result<std::unique_ptr<UnitOfWork>>
    begin(Session& session, Isolation isolation = Isolation::ReadCommitted);
    ~UnitOfWork();
    UnitOfWork(const UnitOfWork&) = delete;
    UnitOfWork& operator=(const UnitOfWork&) = delete;

    /// Failure OutcomeUnknown when the session died meanwhile; other failures: not applied.
    [[nodiscard]] Outcome commit();

private:
    explicit UnitOfWork(Session& session);
    Session& m_session;
    bool m_isOpen = true;
};

} // namespace tallystick::postgres
