// SPDX-License-Identifier: GPL-3.0-or-later
//! A ledger in memory with the real rules, for tests of what stands on a ledger.
#pragma once
#include "ledger/core/ledger.h"

#include <QtCore/QMap>

#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <thread>

namespace tallystick {

/// A user as the store keeps one.
struct FakeAccount
{
    QString email, name;
    Instant createdAt;
    bool hasBalanceRow = true;
    Credits balance;
    qint64 sequence = 0;
    Instant last;            ///< time of the newest row
    QList<Transaction> rows; ///< in the order they were written
};

/// What a test makes happen instead of, or after, one of the next calls.
struct FakeTrouble
{
    Failure failure;
    bool appliesFirst = false; ///< the call does its work, then the answer is lost
};

/// What several sessions share. Thread-safe. Its sessions follow the thread rules of a Ledger and
/// assert them; it must outlive them.
class FakeStore final
{
public:
    [[nodiscard]] LedgerOpener opener();

    /// \name What tests make happen
    /// @{
    void failNext(const FakeTrouble& trouble, int times = 1); ///< of any session
    void failOpening(std::optional<Failure> failure);         ///< nothing: opening works again
    void delayCalls(int millis) { m_delayMillis = millis; }   ///< every call takes so long
    /// From now on no call goes on before \a duration is over, as on a server that stands still.
    void freeze(std::chrono::milliseconds duration)
    {
        m_frozenUntil = std::chrono::steady_clock::now() + duration;
    }
    void makeReadOnly(bool readOnly) { m_isReadOnly = readOnly; }
    /// @}

    /// \name What tests look at and plant
    /// @{
    [[nodiscard]] int sessionsOpened() const { return m_sessionsOpened; } ///< ever
    [[nodiscard]] int sessionsOpen() const { return m_sessionsOpen; }     ///< now
    [[nodiscard]] int calls() const { return m_calls; }
    /// A user whose opening balance, unless zero, stands as one TOP_UP row.
    void addUser(const UserId& id, const QString& email, const QString& name, Credits opening = {});
    [[nodiscard]] FakeAccount account(const UserId& id) const;
    void setAccount(const UserId& id, const FakeAccount& account); ///< without any rule
    /// @}

private:
    friend class FakeLedger;
    [[nodiscard]] Result<Receipt> post(const Posting& posting, bool keeps);
    [[nodiscard]] Result<Receipt> reverse(const Reversal& reversal);
    [[nodiscard]] Result<Receipt> activate(const Activation& activation);
    [[nodiscard]] Outcome createUser(const NewUser& user);
    [[nodiscard]] Outcome removeUser(const UserId& id);
    [[nodiscard]] std::optional<FakeTrouble> takeTrouble();

    mutable std::mutex m_mutex; ///< guards accounts and troubles
    QMap<UserId, FakeAccount> m_accounts;
    std::deque<FakeTrouble> m_troubles;
    std::optional<Failure> m_openingFailure;
    std::atomic<int> m_delayMillis = 0, m_sessionsOpened = 0, m_sessionsOpen = 0, m_calls = 0;
    std::atomic<bool> m_isReadOnly = false;
    std::atomic<std::chrono::steady_clock::time_point> m_frozenUntil{};
};

/// One session.
class FakeLedger final : public Ledger
{
public:
    explicit FakeLedger(FakeStore& store);
    ~FakeLedger() override;

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
    template <class T>
    Result<T> call(const std::function<Result<T>()>& work);
    template <class T>
    Result<T> write(const std::function<Result<T>()>& work);
    [[nodiscard]] std::optional<FakeAccount> find(const UserId& id) const;

    FakeStore& m_store;
    std::thread::id m_thread = std::this_thread::get_id();
    bool m_isLost = false;
};

} // namespace tallystick
