// SPDX-License-Identifier: GPL-3.0-or-later
//! A ledger that lets a test act just before and just after a posting.
#pragma once
#include "ledger/core/ledger.h"

#include <memory>

namespace tallystick {

/// Passes everything on; \a beforePost and \a afterPost run on the session's thread.
class HookedLedger final : public Ledger
{
public:
    HookedLedger(
        std::unique_ptr<Ledger> inner, std::function<void()> beforePost,
        std::function<void()> afterPost = [] {})
        : m_inner(std::move(inner))
        , m_beforePost(std::move(beforePost))
        , m_afterPost(std::move(afterPost))
    {
    }

    Result<ServerFacts> server() override { return m_inner->server(); }
    Result<Page<User, UserCursor>> users(const UsersQuery& q) override { return m_inner->users(q); }
    Result<UserSummary> user(const UserId& id) override { return m_inner->user(id); }
    Result<Page<Transaction, HistoryCursor>> history(const HistoryQuery& q) override
    {
        return m_inner->history(q);
    }
    Result<Transaction> transaction(const UserId& user, const TransactionKey& key) override
    {
        return m_inner->transaction(user, key);
    }
    Result<Balance> balance(const UserId& id) override { return m_inner->balance(id); }
    Result<Balance> balanceAt(const UserId& id, Instant at) override
    {
        return m_inner->balanceAt(id, at);
    }
    Result<QList<BalancePoint>> balanceCurve(const UserId& id, int points) override
    {
        return m_inner->balanceCurve(id, points);
    }
    Result<Chain> chain(const UserId& id) override { return m_inner->chain(id); }
    Outcome chains(const std::function<bool(Chain&&)>& sink) override
    {
        return m_inner->chains(sink);
    }
    Result<Receipt> post(const Posting& posting) override
    {
        m_beforePost();
        Result<Receipt> receipt = m_inner->post(posting);
        m_afterPost();
        return receipt;
    }
    Result<Receipt> reverse(const Reversal& r) override { return m_inner->reverse(r); }
    Result<Receipt> activate(const Activation& a) override { return m_inner->activate(a); }
    Result<Receipt> preview(const Posting& p) override { return m_inner->preview(p); }
    Outcome createUser(const NewUser& user) override { return m_inner->createUser(user); }
    Outcome removeUser(const UserId& id) override { return m_inner->removeUser(id); }

private:
    std::unique_ptr<Ledger> m_inner;
    std::function<void()> m_beforePost;
    std::function<void()> m_afterPost;
};

} // namespace tallystick
