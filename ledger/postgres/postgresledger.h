// SPDX-License-Identifier: GPL-3.0-or-later
//! The ledger's ports, kept in PostgreSQL.
#pragma once
#include "ledger/core/ledger.h"
#include "ledger/postgres/session.h"
#include "ledger/postgres/ways.h"

namespace tallystick::postgres {

class PostgresLedger final : public Ledger
{
public:
    PostgresLedger(std::unique_ptr<Session> session, std::unique_ptr<PostingWay> way);

    Result<ServerFacts> server() override;
    Result<Page<User, UserCursor>> users(const UsersQuery& query) override;
    Result<UserSummary> user(const UserId& id) override;
    Result<Page<Transaction, HistoryCursor>> history(const HistoryQuery& query) override;
    Result<Transaction> transaction(const UserId& user, const TransactionKey& key) override;
    Result<Balance> balance(const UserId& id) override;
    Result<Balance> balanceAt(const UserId& id, Instant at) override;
    Result<QList<BalancePoint>> balanceCurve(const UserId& id, int points) override;
    Result<Chain> chain(const UserId& id) override;
    Outcome chains(const std::function<bool(Chain&&)>& sink) override;

    Result<Receipt> post(const Posting& posting) override;
    Result<Receipt> reverse(const Reversal& reversal) override;
    Result<Receipt> activate(const Activation& activation) override;
    Result<Receipt> preview(const Posting& posting) override;
    Outcome createUser(const NewUser& user) override;
    Outcome removeUser(const UserId& id) override;

private:
    Result<Receipt> postOr(const Posting& posting, PostingWay::Finish finish);
    std::unique_ptr<Session> m_session;
    std::unique_ptr<PostingWay> m_way; ///< uses the session: dropped before it
};

} // namespace tallystick::postgres
