// SPDX-License-Identifier: GPL-3.0-or-later
//! Says what was done, then the receipt's facts.
#include "ui/posting/receiptview.h"

#include "ui/posting/postingwords.h"
#include "ui/shared/card.h"
#include "ui/shared/factlist.h"
#include "ui/shared/format.h"
#include "ui/shared/label.h"
#include "ui/shared/words.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>

namespace tallystick {

using theme::Role;
using theme::Type;

namespace {

constexpr int tooSoonMillis = 500; ///< nobody has read a receipt by then

} // namespace

ReceiptView::ReceiptView(const Receipt& receipt, const QString& customer, QWidget* parent)
    : QWidget(parent)
    , m_done(new QPushButton(tr("Done")))
{
    auto* card = new Card;
    card->setEdge(Role::Positive);
    auto* title = new Label(Type::Section, Role::Text, words::done(receipt, customer));
    title->setObjectName(QStringLiteral("receiptTitle"));
    title->setWordWrap(true);
    const Credits before = receipt.balance.minus(receipt.applied).value_or(receipt.balance);
    auto* movement = new Label(
        Type::Body, Role::Secondary,
        tr("Balance %1 → %2").arg(format::amount(before), format::amount(receipt.balance)));
    auto* facts = new FactList;
    const bool isClamped = receipt.clamp != Clamp::None;
    facts->show(
        {{.name = tr("Applied"), .value = format::signedAmount(receipt.applied)},
         {.name = tr("Requested"),
          .value = isClamped ? tr("%1, %2").arg(format::signedAmount(receipt.requested),
                                                words::word(receipt.clamp))
                             : format::signedAmount(receipt.requested)},
         {.name = tr("Balance"), .value = format::amount(receipt.balance)},
         {.name = tr("Time"), .value = format::time(receipt.at) + tr(" UTC")},
         {.name = tr("Sequence"),
          .value = receipt.sequence ? format::count(*receipt.sequence) : QString()},
         {.name = tr("Note"),
          .value = receipt.replayed ? tr("Was written before under the same key; not again.")
                                    : QString(),
          .role = Role::Info},
         {.name = tr("Key"), .value = receipt.key.text(), .isId = true}});
    card->column()->addWidget(title);
    card->column()->addWidget(movement);
    card->column()->addSpacing(theme::tight);
    card->column()->addWidget(facts);

    auto* another = new QPushButton(tr("Another"));
    another->setObjectName(QStringLiteral("receiptAnother"));
    another->setAccessibleName(tr("Another posting"));
    m_done->setObjectName(QStringLiteral("receiptDone"));
    m_done->setAccessibleName(tr("Done"));
    m_done->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme::gap);
    buttons->addWidget(m_done, 1);
    buttons->addWidget(another);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::margin, theme::gap, theme::group, theme::group);
    column->setSpacing(theme::group);
    column->addWidget(card);
    column->addLayout(buttons);
    column->addStretch();
    m_shown.start();
    for (QPushButton* button : {m_done, another})
        button->installEventFilter(this);
    connect(m_done, &QPushButton::clicked, this, &ReceiptView::closeRequested);
    connect(another, &QPushButton::clicked, this, &ReceiptView::anotherRequested);
}

bool ReceiptView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool presses = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter ||
                             key->key() == Qt::Key_Space;
        // The key that posted may still be down, or be pressed twice.
        if (presses && (key->isAutoRepeat() || !m_shown.hasExpired(tooSoonMillis)))
            return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ReceiptView::focusFirst()
{
    m_done->setFocus(Qt::OtherFocusReason);
}

} // namespace tallystick
