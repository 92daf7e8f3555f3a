// SPDX-License-Identifier: GPL-3.0-or-later
//! Who a customer is, the balance and the proof of it, at a glance.
#pragma once
#include "ledger/audit/finding.h"
#include "ledger/core/result.h"
#include "ledger/core/transaction.h"
#include "ledger/core/user.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QHBoxLayout;
class QPushButton;

namespace tallystick {

class Badge;
class BalanceCurve;
class Label;

class CustomerHeader final : public QWidget
{
    Q_OBJECT
public:
    explicit CustomerHeader(const User& user, QWidget* parent = nullptr);
    void showUser(const User& user); ///< what is known before the summary
    void show(const UserSummary& summary);
    void showCurve(const QList<BalancePoint>& points);
    /// After a second the badge counts them, and a button to cancel stands beside it.
    void showVerifying();
    void showCancelled();
    void showVerdict(const Result<ChainVerdict>& verdict);
    [[nodiscard]] Badge* badge() const { return m_badge; }
    using QWidget::show;

signals:
    void cancelRequested(); ///< of the verification under way

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitFacts();
    void showSlowness();
    void endVerifying();
    void showFlags(const UserSummary& summary);

    Label* m_name;
    Label* m_contact;
    Label* m_balance;
    Label* m_facts;
    QStringList m_allFacts; ///< the most important first; as many are shown as there is room for
    Badge* m_badge;
    QPushButton* m_cancel;
    QTimer m_verifying; ///< a tick a second while a verification is under way
    int m_verifyingSeconds = 0;
    qint64 m_rows = 0; ///< to verify, as far as is known
    QHBoxLayout* m_flags;
    BalanceCurve* m_curve;
};

} // namespace tallystick
