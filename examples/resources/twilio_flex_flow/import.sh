# By SID. /FlexFlows/ followed by the SID, and the URL, work as well.
terraform import twilio_flex_flow.web FO0123456789abcdef0123456789abcdef
