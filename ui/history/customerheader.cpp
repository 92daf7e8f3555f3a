// SPDX-License-Identifier: GPL-3.0-or-later
//! Lays out the header of a customer's page.
#include "ui/history/customerheader.h"

#include "ui/history/balancecurve.h"
#include "ui/shared/badge.h"
#include "ui/shared/chip.h"
#include "ui/shared/format.h"
#include "ui/shared/label.h"
#include "ui/shared/words.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>

#include <chrono>

namespace tallystick {

using namespace std::chrono_literals;
using theme::Role;
using theme::Type;

namespace {

/// Narrower than this the curve leaves its place to the words.
constexpr int curveFrom = 560;
constexpr int wideCurveFrom = 760;

} // namespace

CustomerHeader::CustomerHeader(const User& user, QWidget* parent)
    : QWidget(parent)
    , m_name(new Label(Type::Section, Role::Text))
    , m_contact(new Label(Type::Body, Role::Secondary))
    , m_balance(new Label(Type::Number, Role::Text))
    , m_facts(new Label(Type::Body, Role::Secondary))
    , m_badge(new Badge)
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_flags(new QHBoxLayout)
    , m_curve(new BalanceCurve)
{
    m_balance->setObjectName(QStringLiteral("customerBalance"));
    m_badge->setObjectName(QStringLiteral("verificationBadge"));
    m_cancel->setObjectName(QStringLiteral("cancelVerification"));
    m_cancel->setAccessibleName(tr("Cancel the verification"));
    m_contact->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (Label* label : {m_name, m_contact, m_facts})
        label->setElided(Qt::ElideRight);

    m_facts->setObjectName(QStringLiteral("customerFacts"));
    m_facts->installEventFilter(this);

    auto* number = new QHBoxLayout;
    number->setSpacing(12);
    number->addWidget(m_balance);
    number->addWidget(m_badge, 0, Qt::AlignVCenter);
    number->addWidget(m_cancel, 0, Qt::AlignVCenter);
    m_flags->setSpacing(theme::tight);
    number->addLayout(m_flags);
    number->addStretch();
    auto* text = new QVBoxLayout;
    text->setSpacing(2);
    text->addWidget(m_name);
    text->addWidget(m_contact);
    text->addSpacing(theme::gap);
    text->addLayout(number);
    text->addWidget(m_facts);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::margin);
    row->addLayout(text, 1);
    row->addWidget(m_curve, 0, Qt::AlignVCenter);
    m_curve->setFixedWidth(280);
    m_verifying.setInterval(1s);
    connect(&m_verifying, &QTimer::timeout, this, &CustomerHeader::showSlowness);
    connect(m_cancel, &QPushButton::clicked, this, &CustomerHeader::cancelRequested);
    showUser(user);
    showVerifying();
}

void CustomerHeader::showUser(const User& user)
{
    m_name->setText(user.name.isEmpty() ? user.email : user.name);
    m_contact->setText(user.name.isEmpty()
                           ? user.id.text()
                           : user.email + QStringLiteral("   ·   ") + user.id.text());
    m_balance->setText(format::money(user.balance));
    m_balance->setRole(user.balance.isNegative() ? Role::Negative : Role::Text);
    m_balance->setAccessibleName(tr("Balance %1").arg(format::money(user.balance)));
}

void CustomerHeader::show(const UserSummary& summary)
{
    showUser(summary.user);
    m_rows = summary.postings + summary.pendingCount;
    m_allFacts.clear();
    if (summary.pendingCount > 0)
        m_allFacts << tr("%1 pending").arg(format::signedAmount(summary.pendingTotal));
    m_allFacts << tr("topped up %1").arg(format::money(summary.toppedUp))
               << tr("spent %1").arg(format::money(summary.spent.negated().value_or(summary.spent)))
               << (summary.postings == 1 ? tr("1 posting")
                                         : tr("%1 postings").arg(format::count(summary.postings)));
    if (summary.user.lastActivity)
        m_allFacts << tr("last %1").arg(format::age(*summary.user.lastActivity, Instant::now()));
    fitFacts();
    showFlags(summary);
}

void CustomerHeader::fitFacts()
{
    const QString between = QStringLiteral("   ·   ");
    QStringList shown = m_allFacts;
    while (shown.size() > 1 &&
           m_facts->fontMetrics().horizontalAdvance(shown.join(between)) > m_facts->width())
        shown.removeLast(); // a number that is not there misleads nobody, one that is cut does
    m_facts->setText(shown.join(between));
    m_facts->setAccessibleName(m_allFacts.join(QStringLiteral(", ")));
}

bool CustomerHeader::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_facts && event->type() == QEvent::Resize)
        fitFacts();
    return QWidget::eventFilter(watched, event);
}

void CustomerHeader::showFlags(const UserSummary& summary)
{
    while (QLayoutItem* item = m_flags->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    const auto add = [this](const QString& text, Role role, const QString& why) {
        auto* chip = new Chip(text, role);
        chip->setToolTip(why);
        m_flags->addWidget(chip);
    };
    if (!summary.user.hasBalanceRow && summary.postings > 0)
        add(tr("No balance row"), Role::Warning,
            tr("The balance is taken from the history; the next posting makes the row."));
    if (summary.user.balance.isNegative())
        add(tr("Negative"), Role::Negative, tr("The balance is below zero."));
    if (summary.pendingCount > 0)
        add(tr("%1 pending").arg(format::count(summary.pendingCount)), Role::Info,
            tr("Pending rows are not part of the balance."));
    if (summary.clampedCount > 0)
        add(tr("%1 limited").arg(format::count(summary.clampedCount)), Role::Secondary,
            tr("Rows that applied less than was requested: a ceiling or the range."));
}

void CustomerHeader::showCurve(const QList<BalancePoint>& points)
{
    m_curve->setPoints(points);
}

void CustomerHeader::showVerifying()
{
    endVerifying();
    m_verifyingSeconds = 0;
    m_verifying.start();
    m_badge->setToolTip({});
    m_badge->show(
        {.iconName = QStringLiteral("shield"), .text = tr("Verifying…"), .role = Role::Secondary});
}

void CustomerHeader::showSlowness()
{
    ++m_verifyingSeconds;
    m_cancel->show();
    m_badge->show(
        {.iconName = QStringLiteral("shield"),
         .text =
             m_rows > 1
                 ? tr("Verifying %1 rows… %2 s").arg(format::count(m_rows)).arg(m_verifyingSeconds)
                 : tr("Verifying… %1 s").arg(m_verifyingSeconds),
         .role = Role::Secondary});
}

void CustomerHeader::endVerifying()
{
    m_verifying.stop();
    if (m_cancel->hasFocus())
        m_badge->setFocus(Qt::OtherFocusReason); // where the same can be asked again
    m_cancel->hide();
    m_badge->setToolTip(tr("Verify again (F7)"));
}

void CustomerHeader::showCancelled()
{
    endVerifying();
    m_badge->show({.iconName = QStringLiteral("shield"),
                   .text = tr("Verification cancelled"),
                   .role = Role::Secondary});
}

void CustomerHeader::showVerdict(const Result<ChainVerdict>& verdict)
{
    endVerifying();
    if (!verdict) {
        m_badge->setToolTip(words::plain(verdict.error(), words::Doing::Reading));
        m_badge->show({.iconName = QStringLiteral("shield"),
                       .text = tr("Could not verify"),
                       .role = Role::Warning});
        return;
    }
    if (verdict->holds())
        m_badge->show({.iconName = QStringLiteral("shield-check"),
                       .text = words::sentence(*verdict),
                       .role = Role::Positive});
    else
        m_badge->show({.iconName = QStringLiteral("shield-alert"),
                       .text = words::sentence(*verdict),
                       .role = Role::Negative});
}

void CustomerHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_curve->setVisible(width() >= curveFrom);
    m_curve->setFixedWidth(width() >= wideCurveFrom ? 280 : 170);
}

} // namespace tallystick
