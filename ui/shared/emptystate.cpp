// SPDX-License-Identifier: GPL-3.0-or-later
//! Centres the picture, the words and the way on.
#include "ui/shared/emptystate.h"

#include "ui/shared/icons.h"
#include "ui/shared/label.h"

#include <QtGui/QPainter>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace tallystick {

class EmptyState::Picture final : public QWidget
{
public:
    Picture() { setFixedSize(56, 56); }
    void setName(const QString& name)
    {
        m_name = name;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::tint(theme::Role::Secondary, 10, theme::Role::Surface, palette()));
        painter.drawEllipse(rect());
        icons::paint(painter, rect().adjusted(16, 16, -16, -16), m_name,
                     theme::color(theme::Role::Secondary, palette()));
    }

private:
    QString m_name;
};

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
    , m_picture(new Picture)
    , m_title(new Label(theme::Type::Section, theme::Role::Text))
    , m_sentence(new Label(theme::Type::Body, theme::Role::Secondary))
    , m_action(new QPushButton)
{
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignHCenter);
    m_sentence->setMaximumWidth(380);
    m_title->setAlignment(Qt::AlignHCenter);
    m_title->setWordWrap(true);
    m_action->setObjectName(QStringLiteral("emptyAction"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::group, theme::group, theme::group, theme::group);
    column->setSpacing(theme::gap);
    column->addStretch(2);
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addSpacing(theme::gap);
    column->addWidget(m_title);
    auto* centred = new QHBoxLayout;
    centred->addStretch();
    centred->addWidget(m_sentence, 100);
    centred->addStretch();
    column->addLayout(centred);
    column->addSpacing(theme::gap);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);
}

void EmptyState::show(const Text& text)
{
    m_picture->setName(text.iconName);
    m_title->setText(text.title);
    m_sentence->setText(text.sentence);
    m_action->setText(text.action);
    m_action->setAccessibleName(text.action);
    m_action->setVisible(!text.action.isEmpty());
    setAccessibleName(text.title + QStringLiteral(". ") + text.sentence);
}

} // namespace tallystick
