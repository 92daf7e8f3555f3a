// SPDX-License-Identifier: GPL-3.0-or-later
//! Makes, reads and removes a run's users in memory.
#include "tests/stress/fakebench.h"

namespace tallystick {

namespace {

class FakeBench final : public Bench
{
public:
    explicit FakeBench(FakeLab& lab)
        : m_lab(lab)
        , m_ledger(lab.store)
    {
    }

    Result<ServerFacts> server() override
    {
        ServerFacts facts{.version = QStringLiteral("15.0")};
        facts.isLab = m_lab.isLab;
        facts.maxConnections = m_lab.maxConnections;
        return facts;
    }
    Outcome createUsers(const QList<BenchUser>& users) override
    {
        for (const BenchUser& user : users) {
            m_lab.store.addUser(user.id, user.id.text(), {});
            FakeAccount account = m_lab.store.account(user.id);
            account.hasBalanceRow = user.balanceRow;
            if (user.history && !user.openingBalance.isZero())
                write(account, user.id,
                      {.user = user.id,
                       .key = user.openingKey,
                       .amount = user.openingBalance,
                       .type = user.openingType});
            for (const Posting& posting : user.prepared)
                write(account, user.id, posting);
            m_lab.store.setAccount(user.id, account);
            ++m_lab.usersMade;
        }
        return Done{};
    }
    Outcome removeUsers(const QList<UserId>& users) override
    {
        for (const UserId& user : users) {
            if (Outcome removed = m_ledger.removeUser(user); !removed)
                return removed;
            ++m_lab.usersRemoved;
        }
        return Done{};
    }
    Outcome quiesce(const QString&, int) override
    {
        ++m_lab.quiesced;
        return Done{};
    }
    Result<ServerFindings> snapshot(const QList<UserId>& users,
                                    const std::function<bool(Chain&&)>& sink) override
    {
        ServerFindings findings;
        if (m_lab.isSnapshotBroken)
            return Failure{.kind = Failure::Kind::TimedOut, .sqlState = QStringLiteral("57014")};
        for (const UserId& user : users) {
            auto chain = m_ledger.chain(user);
            if (!chain)
                return chain.error();
            if (isBroken(*chain) || m_lab.isServerMistaken)
                findings.broken.insert(user);
            if (!sink(*std::move(chain)))
                break;
        }
        return findings;
    }
    Result<qint64> roundTripMicros() override { return 1; }
    Result<ActivitySample> sample(const QString&) override
    {
        return ActivitySample{.at = Instant::now(), .active = 1};
    }
    Outcome holdLock(const UserId&) override { return Done{}; }
    Outcome releaseLock() override { return Done{}; }

private:
    /// As simple as can be: rows by number, each from where the one before ended.
    static bool isBroken(const Chain& chain)
    {
        QMap<qint64, ChainRow> rows;
        qint64 active = 0;
        for (const ChainRow& row : chain.rows) {
            active += row.active ? 1 : 0;
            if (row.active)
                rows.insert(row.sequence.value_or(-1), row);
        }
        Credits balance;
        qint64 number = 0;
        for (const ChainRow& row : rows) {
            balance = balance.plus(row.amount).value_or(Credits());
            if (row.sequence != ++number || row.runningBalance != balance)
                return true;
        }
        return number != active || chain.storedBalance.value_or(balance) != balance;
    }
    static void write(FakeAccount& account, const UserId& user, const Posting& posting)
    {
        account.last.micros += 1;
        if (posting.active) {
            account.balance = *account.balance.plus(posting.amount);
            ++account.sequence;
        }
        account.rows.append(
            {.key = posting.key,
             .user = user,
             .createdAt = account.last,
             .amount = posting.amount,
             .type = posting.type,
             .active = posting.active,
             .runningBalance = account.balance,
             .sequence = posting.active ? std::optional(account.sequence) : std::nullopt});
    }

    FakeLab& m_lab;
    FakeLedger m_ledger;
};

} // namespace

TargetOpener FakeLab::targets()
{
    return [opener = store.opener()](const Target&, const QString&) { return opener(); };
}

BenchOpener FakeLab::benches()
{
    return [this]() -> Result<std::unique_ptr<Bench>> {
        return std::unique_ptr<Bench>(std::make_unique<FakeBench>(*this));
    };
}

} // namespace tallystick
