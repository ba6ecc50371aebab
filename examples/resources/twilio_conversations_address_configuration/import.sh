# By address. The SID, /Configuration/Addresses/ followed by the SID, and the URL work as well.
terraform import twilio_conversations_address_configuration.sms +15005550006
